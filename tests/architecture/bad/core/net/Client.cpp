#include <curl/curl.h>
#include <openssl/ssl.h>
