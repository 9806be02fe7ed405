/// Comparisons on header bytes, without making strings.
enum ASCII {
    /// The punctuation allowed in a token: RFC 9110, section 5.6.2.
    static let tokenPunctuation = Array("!#$%&'*+-.^_`|~".utf8)

    /// The lower-case form of an ASCII letter; every other byte as it is.
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    /// Whether `bytes` spell `lowercase`, which must be in lower case.
    static func equalsIgnoringCase(_ lowercase: some Collection<UInt8>, _ bytes: some Collection<UInt8>) -> Bool {
        lowercase.count == bytes.count && zip(lowercase, bytes).allSatisfy { $0 == lowercased($1) }
    }
}
