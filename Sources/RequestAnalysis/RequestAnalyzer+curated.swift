package import GatewayCore

extension RequestAnalyzer {
    /// A keyed digest of several texts, none of which can pass for a part of another: 32 hexadecimal digits. Tells
    /// whether a curated answer is as it was when it was imported.
    package func curatedDigest(of line: String, encoder: EncoderIdentity?) -> String {
        Hexadecimal.encode(Array(keys.digest("curated 1", encoder?.description ?? "", line).prefix(16)))
    }
}
