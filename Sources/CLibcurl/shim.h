#pragma once
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

// Swift cannot call variadic functions. One wrapper for each C type libcurl reads from the argument list: a wrong
// width there is undefined behaviour, so numeric options are `long` or `curl_off_t`, never `int`.

typedef size_t (*CLibcurl_bytes_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*CLibcurl_prereq_callback)(void *context, char *primary_ip, char *local_ip, int primary_port, int local_port);

static inline CURLcode CLibcurl_easy_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode CLibcurl_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode CLibcurl_easy_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode CLibcurl_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode CLibcurl_easy_set_error_buffer(CURL *easy, char *buffer) {
    return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, buffer);
}

static inline CURLcode CLibcurl_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *list) {
    return curl_easy_setopt(easy, option, list);
}

static inline CURLcode CLibcurl_easy_set_bytes_callback(
    CURL *easy, CURLoption option, CLibcurl_bytes_callback callback) {
    return curl_easy_setopt(easy, option, callback);
}

static inline CURLcode CLibcurl_easy_set_prereq_callback(CURL *easy, CLibcurl_prereq_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
}

typedef curl_socket_t (*CLibcurl_open_socket_callback)(
    void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode CLibcurl_easy_set_open_socket_callback(CURL *easy, CLibcurl_open_socket_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

/// Writes the IP address behind the head of a socket address, which Swift sees without its tail.
/// Returns how many of the 16 bytes were written: 4, 16, or 0 for another family.
static inline size_t CLibcurl_address_bytes(const struct curl_sockaddr *address, unsigned char *bytes) {
    if (address->family == AF_INET && address->addrlen >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in whole;
        memcpy(&whole, &address->addr, sizeof(whole));
        memcpy(bytes, &whole.sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6 && address->addrlen >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 whole;
        memcpy(&whole, &address->addr, sizeof(whole));
        memcpy(bytes, &whole.sin6_addr, 16);
        return 16;
    }
    return 0;
}

static inline curl_socket_t CLibcurl_open_socket(const struct curl_sockaddr *address) {
#ifdef SOCK_CLOEXEC
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    return socket(address->family, address->socktype, address->protocol);
#endif
}

static inline curl_socket_t CLibcurl_no_socket(void) { return CURL_SOCKET_BAD; }

static inline CURLcode CLibcurl_easy_get_long(CURL *easy, CURLINFO which, long *value) {
    return curl_easy_getinfo(easy, which, value);
}

static inline CURLcode CLibcurl_easy_get_pointer(CURL *easy, CURLINFO which, void **value) {
    return curl_easy_getinfo(easy, which, value);
}

static inline CURLMcode CLibcurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

typedef int (*CLibcurl_socket_callback)(CURL *easy, curl_socket_t socket, int what, void *context, void *socket_context);
typedef int (*CLibcurl_timer_callback)(CURLM *multi, long milliseconds, void *context);

static inline CURLMcode CLibcurl_multi_set_socket_callback(
    CURLM *multi, CLibcurl_socket_callback callback, void *context) {
    CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    return code == CURLM_OK ? curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback) : code;
}

static inline CURLMcode CLibcurl_multi_set_timer_callback(
    CURLM *multi, CLibcurl_timer_callback callback, void *context) {
    CURLMcode code = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return code == CURLM_OK ? curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback) : code;
}

// The result of a finished transfer stands in a union, which Swift reads only as raw bytes.
static inline CURLcode CLibcurl_message_result(const CURLMsg *message) {
    return message->data.result;
}

// A macro with a suffix that is not imported with a useful type.
static inline size_t CLibcurl_write_error(void) { return CURL_WRITEFUNC_ERROR; }
static inline size_t CLibcurl_write_pause(void) { return CURL_WRITEFUNC_PAUSE; }
