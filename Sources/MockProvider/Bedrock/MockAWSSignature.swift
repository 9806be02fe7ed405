import Crypto
import NIOCore
import NIOHTTP1

/// The signature of a request to Amazon, version 4: what its header says, and whether it was made with a secret.
///
/// By "Create a signed AWS API request" of Amazon's IAM user guide; every service but S3 escapes the path twice.
struct MockAWSSignature: Sendable, Equatable {
    static let algorithm = "AWS4-HMAC-SHA256"

    let accessKeyID: String
    /// Day, region, service and `aws4_request`, by slashes.
    let scope: String
    let signedHeaders: [String]
    let signature: String

    /// Reads the value of `Authorization`. Throws `signatureIncomplete`, naming what is missing.
    init(_ authorization: String) throws(MockProviderError) {
        var fields: [Substring: String] = [:]
        for field in authorization.dropFirst(Self.algorithm.count).split(separator: ",") {
            let parts = field.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { fields[parts[0]] = String(parts[1]) }
        }
        let missing = ["Credential", "Signature", "SignedHeaders"].filter { fields[Substring($0)] == nil }
        guard authorization.hasPrefix(Self.algorithm + " "), missing.isEmpty, let credential = fields["Credential"],
            let headers = fields["SignedHeaders"], let signature = fields["Signature"]
        else {
            throw Self.incomplete("Authorization header requires '\(missing.first ?? "Signature")' parameter.")
        }
        let parts = credential.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[4] == "aws4_request", !parts.contains("") else {
            throw Self.incomplete("Credential must have exactly 5 slash-delimited elements, e.g. "
                + "keyid/date/region/service/term, got '\(credential)'")
        }
        guard signature.utf8.count == 64, signature.allSatisfy(\.isHexDigit) else {
            throw Self.incomplete("'Signature' must be 64 hexadecimal digits.")
        }
        accessKeyID = String(parts[0])
        scope = parts[1...].joined(separator: "/")
        signedHeaders = headers.split(separator: ";").map(String.init)
        self.signature = signature
    }

    private static func incomplete(_ message: String) -> MockProviderError {
        MockProviderError(.signatureIncomplete, message, status: 403)
    }

    /// The signature that the request should have.
    func expected(for head: HTTPRequestHead, body: ByteBuffer, secret: String) -> String {
        let date = head.headers.first(name: "x-amz-date") ?? ""
        let canonical = Self.hex(SHA256.hash(data: Array(canonicalRequest(head, body: body).utf8)))
        let text = [Self.algorithm, date, scope, canonical].joined(separator: "\n")
        var key = SymmetricKey(data: Array("AWS4\(secret)".utf8))
        for part in scope.split(separator: "/") {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        return Self.hex(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }

    private func canonicalRequest(_ head: HTTPRequestHead, body: ByteBuffer) -> String {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts.count > 1 ? parts[1].split(separator: "&") : []
        let pairs = query.map { $0.contains("=") ? String($0) : $0 + "=" }.sorted()
        let headers = signedHeaders.map { name in
            let values = head.headers[name].map { $0.split(separator: " ").joined(separator: " ") }
            return "\(name):\(values.joined(separator: ","))\n"
        }
        let unsigned = head.headers.first(name: "x-amz-content-sha256") == "UNSIGNED-PAYLOAD"
        return [
            head.method.rawValue, Self.escapedAgain(parts[0]), pairs.joined(separator: "&"), headers.joined(),
            signedHeaders.joined(separator: ";"),
            unsigned ? "UNSIGNED-PAYLOAD" : Self.hex(SHA256.hash(data: Array(body.readableBytesView))),
        ].joined(separator: "\n")
    }

    private static func escapedAgain(_ path: Substring) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}
