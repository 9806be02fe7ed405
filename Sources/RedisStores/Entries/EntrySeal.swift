import Crypto
package import GatewayCore

/// What a tenant's entries are encrypted with: AES-256-GCM, under keys derived from the tenant's secret (HKDF, RFC
/// 5869), one for each shard.
///
/// Nonces are 96 random bits. NIST SP 800-38D (8.3) allows 2³² such messages under one key before a nonce may have come
/// twice with a chance of 2⁻³²; an entry is three messages at most, the call for it a fourth, and each shard has a key
/// of its own: that is 6 · 10¹⁰ calls before a tenant's secret must be replaced.
package struct EntrySeal: Sendable {
    /// Names the keys in what they sealed, so that entries of another secret are told from damaged ones.
    let id: UInt64
    private let keys: [SymmetricKey]
    /// For digests of answers: who reads Redis must not be able to test what an answer says.
    private let digestKey: SymmetricKey

    /// The tenant is part of the derivation: of one secret for all, each tenant's keys are its own.
    package init(secret: Secret, tenant: TenantID) {
        let secret = SymmetricKey(data: Array(secret.exposed.utf8))
        let derive = { (use: String, bytes: Int) in
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: secret, salt: Array("refrain entries".utf8),
                info: Array("\(use)\n\(tenant)".utf8), outputByteCount: bytes)
        }
        keys = (0..<Keyspace.shards).map { derive("shard \($0)", 32) }
        digestKey = derive("digest", 32)
        id = derive("name", 8).leadingInteger
    }

    func key(ofShard shard: Int) -> SymmetricKey { keys[shard % keys.count] }

    /// A keyed digest of 32 bytes.
    func digest(_ parts: [[UInt8]]) -> [UInt8] {
        var code = HMAC<SHA256>(key: digestKey)
        for part in parts { code.update(data: part) }
        return Array(code.finalize())
    }
}

extension SymmetricKey {
    /// The first eight bytes as a number.
    fileprivate var leadingInteger: UInt64 {
        unsafe withUnsafeBytes { bytes in
            var value: UInt64 = 0
            for index in 0..<min(8, bytes.count) { value = value << 8 | UInt64(unsafe bytes[index]) }
            return value
        }
    }
}
