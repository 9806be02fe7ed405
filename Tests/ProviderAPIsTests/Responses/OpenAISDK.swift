import Foundation

/// Where the official client is found.
enum OpenAISDK {
    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A Python that has it.
    static let python =
        ProcessInfo.processInfo.environment["REFRAIN_PYTHON"]
        ?? package.appending(path: ".refrain/python/bin/python").path()

    static let isThere = FileManager.default.isExecutableFile(atPath: python)

    /// A script of these tests.
    static func script(_ name: String) -> String {
        package.appending(path: "Tests/ProviderAPIsTests/Python/\(name).py").path()
    }
}
