"""The reference district platform: what the terminals talk to.

It is a server of its own; a terminal never imports it. Personal data of applicants and of the resource base
lies in its database in the clear, because the platform is where applications are read and decided; it is
expected to run inside the district's own network, on encrypted storage, with access recorded.

Use it as a program: ``python -m district init`` and ``python -m district serve``.
"""
