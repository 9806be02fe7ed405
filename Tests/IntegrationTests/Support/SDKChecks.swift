import Foundation

/// What a script of checks with a provider's SDK found.
struct SDKChecks: Decodable {
    let passed: [String]
    /// Traces by the name of the check.
    let failed: [String: String]

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: Place.python) }

    static func run(_ script: String, _ arguments: [String], folder: URL) async throws -> SDKChecks {
        let path = Place.package.appending(path: "Tests/IntegrationTests/Python/\(script)").path()
        let client = try ChildProcess([Place.python, path] + arguments, name: "sdk", folder: folder)
        _ = try await client.wait(within: .seconds(100))
        guard let report = try? JSONDecoder().decode(SDKChecks.self, from: Data(client.output.utf8)) else {
            throw Mishap("\(script) ended without its report: \(client.errors)")
        }
        return report
    }
}
