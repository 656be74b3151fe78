/* A reader that can be unplugged: vpcd, which never says that it is gone, and beside it a file that does.
 *
 * pcscd takes every function that is not here from libifdvpcd, against which this is linked. Asked to look at
 * its readers again (SIGUSR1), it removes those whose IFDHICCPresence fails. Types and numbers are those of
 * ifdhandler.h 3.0, which Debian packs with the drivers only.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

#define IFD_COMMUNICATION_ERROR 612

long IFDHICCPresence(unsigned long lun)
{
    static long (*present)(unsigned long);

    if (access(UNPLUGGED, F_OK) == 0)
        return IFD_COMMUNICATION_ERROR;
    if (present == NULL)
        present = (long (*)(unsigned long)) dlsym(RTLD_NEXT, "IFDHICCPresence");
    return present(lun);
}
