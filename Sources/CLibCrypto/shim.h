// SHA-256 from OpenSSL, which every Linux has; a Swift package for it would cost each client a minute of build.
#pragma once
#include <openssl/evp.h>
