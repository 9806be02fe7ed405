/// One field of a secret in a key-value store of version 2 in HashiCorp Vault: `vault:mount/path#field`.
package struct VaultReference: Sendable, Hashable, CustomStringConvertible {
    /// Where the store is mounted: the first part of the path.
    let mount: String
    /// The secret inside the store, with its slashes.
    let path: String
    let field: String

    static let form = "vault:MOUNT/PATH#FIELD"
    private static let lengthLimit = 512

    /// - Parameter text: what stands behind `vault:`.
    /// - Throws: a problem that does not repeat the text: it may be a secret.
    init(_ text: Substring) throws(ConfigProblem) {
        let halves = text.split(separator: "#", omittingEmptySubsequences: false)
        let parts = halves.first?.split(separator: "/", omittingEmptySubsequences: false) ?? []
        let isPlain = text.utf8.count <= Self.lengthLimit && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard halves.count == 2, let field = halves.last, !field.isEmpty, parts.count >= 2, let mount = parts.first,
            isPlain, parts.allSatisfy({ !["", ".", ".."].contains($0) })
        else {
            throw ConfigProblem("expected \(Self.form), found something else behind vault: (not shown)")
        }
        self.mount = String(mount)
        self.path = parts.dropFirst().joined(separator: "/")
        self.field = String(field)
    }

    /// Where it is read, below Vault's address.
    var urlPath: String { "/v1/\(Self.encoded(mount))/data/\(Self.encoded(path))" }

    package var description: String { "vault:\(mount)/\(path)#\(field)" }

    /// Percent-encodes all but what RFC 3986 leaves unreserved, and slashes.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
