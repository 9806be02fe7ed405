@testable import GatewayConfig

/// Loads a text with no variables and no files but the given ones, for tests that look at what is wrong with it.
enum Refusals {
    /// The printed issues, one a line; empty when the text is accepted.
    static func of(
        _ yaml: String, environment: [String: String] = [:], files: [String: String] = [:]
    ) -> [String] {
        issues(of: yaml, environment: environment, files: files).map(\.description)
    }

    static func issues(
        of yaml: String, environment: [String: String] = [:], files: [String: String] = [:]
    ) -> [ConfigIssue] {
        do throws(ConfigIssues) {
            _ = try load(yaml, environment: environment, files: files)
            return []
        } catch {
            return error.issues
        }
    }

    static func load(
        _ yaml: String, environment: [String: String] = [:], files: [String: String] = [:]
    ) throws(ConfigIssues) -> GatewayConfiguration {
        try GatewayConfiguration.load(yaml: yaml, source: "test.yaml", environment: environment) { path in
            guard let text = files[path] else { throw TextFile.Failure(description: "no such file") }
            return text
        }
    }
}
