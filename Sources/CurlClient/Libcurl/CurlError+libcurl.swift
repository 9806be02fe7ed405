internal import CLibcurl

extension CurlError {
    /// What a transfer's end with `result` means to the caller.
    static func ended(_ result: CURLcode, message: String, requestMayHaveBeenSent sent: Bool) -> CurlError {
        CurlError(
            code(of: result, sent: sent), message, requestMayHaveBeenSent: sent, libcurlCode: Int(result.rawValue))
    }

    private static func code(of result: CURLcode, sent: Bool) -> CurlErrorCode {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolveFailed
        case CURLE_COULDNT_CONNECT, CURLE_PROXY: .connectFailed
        // The engine keeps all deadlines but the one for connecting.
        case CURLE_OPERATION_TIMEDOUT: .connectTimeout
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            .cut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
            .tlsFailed
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .invalidResponse
        // Before the request it is our URL, after it a server that does not speak HTTP/1.
        case CURLE_UNSUPPORTED_PROTOCOL: sent ? .invalidResponse : .invalidRequest
        case CURLE_URL_MALFORMAT: .invalidRequest
        default: .engineFailed
        }
    }
}
