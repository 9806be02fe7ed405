import Foundation
import Testing

/// The project as it lies on disk.
struct SourceTree {
    private static let folders = ["Sources", "Tests", "docs", "config", ".ci"]
    private static let endings = ["swift", "h", "modulemap", "md", "yaml", "yml", "sh", "lua", "py", "jsonl"]
    private static let topFiles = ["Package.swift", "Makefile", "README.md", "docker-compose.yml", ".gitignore"]

    let root: URL
    let files: [SourceFile]

    /// Read once; every rule looks at the same text.
    static let shared = Result { try SourceTree() }

    init() throws {
        let root = try Self.findRoot()
        self.root = root
        files = try Self.paths(under: root).map { path in
            SourceFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).standardizedFileURL.path)
    }

    private static func findRoot() throws -> URL {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path.count > 1 {
            if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) { return folder }
            folder.deleteLastPathComponent()
        }
        throw CocoaError(.fileNoSuchFile)
    }

    private static func paths(under root: URL) throws -> [String] {
        var paths = topFiles.filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path) }
        for folder in folders {
            guard let walk = FileManager.default.enumerator(atPath: root.appending(path: folder).path) else { continue }
            for case let name as String in walk {
                let ending = name.split(separator: ".").last.map(String.init) ?? ""
                if endings.contains(ending) || name == "run" { paths.append(folder + "/" + name) }
            }
        }
        return paths.sorted()
    }
}
