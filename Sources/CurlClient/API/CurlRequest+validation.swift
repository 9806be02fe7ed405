extension CurlRequest {
    /// Refuses what could change the meaning of the bytes on the wire: a line break or NUL smuggled in through a
    /// header or the URL, or a header that contradicts the length the engine sends.
    /// - Throws: `invalidRequest`, naming the part; values are not repeated, they may be secrets.
    func validate() throws(CurlError) {
        guard !method.isEmpty, method.utf8.allSatisfy(Self.isTokenByte) else {
            throw CurlError(.invalidRequest, "the method must be an HTTP token, found \(method.debugDescription)")
        }
        guard Self.hasAllowedScheme(url) else {
            throw CurlError(.invalidRequest, "the URL must start with http:// or https://")
        }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw CurlError(.invalidRequest, "the URL must be printable ASCII without spaces; encode the rest")
        }
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(Self.isTokenByte) else {
                throw CurlError(
                    .invalidRequest, "a header name must be an HTTP token, found \(header.name.debugDescription)")
            }
            guard header.value.utf8.allSatisfy(Self.isValueByte) else {
                throw CurlError(.invalidRequest, "the value of header \(header.name) holds a control character")
            }
            if Self.reservedNames.contains(where: { ASCII.equalsIgnoringCase($0, header.name.utf8) }) {
                throw CurlError(.invalidRequest, "header \(header.name) is set by the engine and cannot be given")
            }
        }
    }

    private static let reservedNames = ["content-length", "transfer-encoding", "expect"].map { Array($0.utf8) }

    private static let schemes = ["http://", "https://"].map { Array($0.utf8) }

    private static func hasAllowedScheme(_ url: String) -> Bool {
        schemes.contains { scheme in
            url.utf8.count > scheme.count && ASCII.equalsIgnoringCase(scheme, url.utf8.prefix(scheme.count))
        }
    }

    /// `tchar` of RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ASCII.tokenPunctuation.contains(byte)
        }
    }

    /// Tab and everything that is not a control character (RFC 9110, section 5.5, which also allows bytes ≥ 0x80).
    private static func isValueByte(_ byte: UInt8) -> Bool {
        byte == 0x09 || (byte >= 0x20 && byte != 0x7F)
    }
}
