import GatewayCore

extension ConfigSection {
    /// Shorter ones might be guessed. 32 characters are 128 bits in hexadecimal.
    private static var shortestKey: Int { 32 }

    /// Reads the reference to what entries are encrypted with; nil without one.
    func encryptionKey(_ name: String) -> Secret? {
        guard let key = optional(name, .secret(reader.secrets)) else { return nil }
        if key.exposed.utf8.count < Self.shortestKey {
            refuse(name, "expected at least \(Self.shortestKey) characters behind the reference, found fewer")
        }
        return key
    }
}
