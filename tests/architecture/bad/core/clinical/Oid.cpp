const char *root = "2.16.840.1.113883.6.1";
