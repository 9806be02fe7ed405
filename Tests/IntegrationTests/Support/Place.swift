import Foundation

/// Where the tests find what they run.
enum Place {
    /// The package's folder.
    static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The gateway's binary, which is built beside the tests' own.
    static let gateway = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "refrain").path()

    /// A Python that has the OpenAI SDK.
    static let python =
        named("REFRAIN_PYTHON") ?? package.appending(path: ".refrain/python/bin/python").path()

    /// The encoder's folder.
    static let model = named("REFRAIN_MODEL_DIR") ?? package.appending(path: "model/all-MiniLM-L6-v2").path()

    /// A new folder under the system's for temporary files; its owner removes it.
    static func temporaryFolder() throws -> URL {
        let name = "refrain-test-\(UUID().uuidString.prefix(8))"
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// A path from the environment; a relative one is meant from the package's folder.
    private static func named(_ variable: String) -> String? {
        guard let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty else { return nil }
        return path.hasPrefix("/") ? path : package.appending(path: path).path()
    }
}
