import Foundation

@testable import GatewayConfig

/// The configuration file that documents every key, and what its examples refer to.
enum SampleFile {
    static let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "config/refrain.yaml")

    /// The file of well-known models.
    static let models = url.deletingLastPathComponent().appending(path: "models.yaml")

    static let environment = [
        "EMBEDDING_API_KEY": "embedding-secret", "SUPPORT_KEY": "support-secret",
        "NIGHTLY_KEY": "nightly-secret", "MAIN_API_KEY": "main-secret",
        "REDIS_PASSWORD": "redis-secret", "SUPPORT_ENTRIES_KEY": "what the entries are sealed with",
    ]

    static func text() throws -> String {
        try String(contentsOf: url, encoding: .utf8)
    }

    /// The file with its examples in force.
    static func textWithExamples() throws -> String {
        try text().split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("#| ") ? line.dropFirst(3) : line
        }.joined(separator: "\n")
    }

    static var secrets: SecretSource {
        SecretSource(environment: { environment[$0] }) { path in
            if path == "config/models.yaml" { return try String(contentsOf: models, encoding: .utf8) }
            guard path == "/run/secrets/support-key" else { throw TextFile.Failure(description: "no such file") }
            return "support-file-secret\n"
        }
    }
}
