LIBRARIES += libutil
libutil_EXPORT_CPPFLAGS := -Iuserland
