/// Why an exchange failed.
package struct CurlError: Error, Sendable, Equatable, CustomStringConvertible {
    package let code: CurlErrorCode
    /// What was expected and what was found; libcurl's own words where it was libcurl that failed. May name hosts
    /// and addresses, so it belongs in the log and not in an answer to a client.
    package let message: String
    /// Whether a byte of the request may have reached the server: then it may have acted on it, and may charge for
    /// it, whatever became of the answer.
    package let requestMayHaveBeenSent: Bool
    /// libcurl's `CURLcode`, when it was libcurl that failed.
    package let libcurlCode: Int?

    package init(
        _ code: CurlErrorCode, _ message: String, requestMayHaveBeenSent: Bool = false, libcurlCode: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.requestMayHaveBeenSent = requestMayHaveBeenSent
        self.libcurlCode = libcurlCode
    }

    /// Whether the same request may succeed if it is made again, here or elsewhere. Whether it *may* be made again
    /// is the caller's choice: see `requestMayHaveBeenSent`.
    package var isRetriable: Bool {
        switch code {
        case .resolveFailed, .connectFailed, .connectTimeout, .firstByteTimeout, .idleTimeout, .cut, .invalidResponse,
            .tooManyWaiting:
            true
        case .tlsFailed: libcurlCode == Self.handshakeBroken
        case .invalidRequest, .addressRefused, .totalTimeout, .headTooLarge, .bodyTooLarge, .cancelled, .shutdown,
            .engineFailed:
            false
        }
    }

    package var description: String { "\(code.rawValue): \(message)" }

    /// `CURLE_SSL_CONNECT_ERROR`: the handshake broke off, as it does when the peer is restarted in the middle.
    /// A certificate that is not trusted has other codes, and stays so.
    private static let handshakeBroken = 35

    static func cancelled(requestMayHaveBeenSent: Bool) -> CurlError {
        CurlError(
            .cancelled, "the caller went away before the response was complete",
            requestMayHaveBeenSent: requestMayHaveBeenSent)
    }

    static func refused(_ address: IPAddress, libcurlCode: Int) -> CurlError {
        let use = address.specialUse.map { " \($0.rawValue)" } ?? ""
        return CurlError(
            .addressRefused, "the host has the address \(address), which is\(use) and not allowed",
            libcurlCode: libcurlCode)
    }
}
