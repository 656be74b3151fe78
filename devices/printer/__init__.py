"""Receipt printers: slips drawn as pictures, sent so that it is known afterwards what was printed."""
