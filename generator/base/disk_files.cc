// see files.h
