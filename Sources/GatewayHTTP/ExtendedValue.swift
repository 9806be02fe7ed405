/// Header values that hold more than ASCII (RFC 8187, section 3.2): `UTF-8''` and the octets of the text, those that
/// are no visible ASCII percent-encoded. Many HTTP clients let nothing else through.
enum ExtendedValue {
    private static let charset = Array("utf-8'".utf8)

    /// The text that `value` stands for. What is not in this form stays as it is.
    static func decode(_ value: String) -> String {
        let bytes = value.utf8
        guard bytes.count > charset.count, zip(bytes, charset).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 }),
            // Between the two quotes a language may be named.
            let quote = bytes.dropFirst(charset.count).firstIndex(of: UInt8(ascii: "'"))
        else { return value }
        return PercentEncoding.decode(String(value[value.index(after: quote)...]))
    }
}
