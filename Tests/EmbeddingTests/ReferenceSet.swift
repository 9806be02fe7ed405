import Foundation
import Testing

/// The published reference: texts with the token ids and vectors of the model's own implementation, and the folder of
/// the model. Both may be absent; the tests that need them then say so and are skipped.
enum ReferenceSet {
    struct Line: Decodable {
        let i: Int
        let kind: String
        let text: String
        let ids: [Int32]
        let fullCount: Int
        let emb: String

        enum CodingKeys: String, CodingKey {
            case i, kind, text, ids, emb
            case fullCount = "n_full"
        }

        /// `emb` as floats.
        var vector: [Float] {
            guard let bytes = Data(base64Encoded: emb) else { return [] }
            return stride(from: 0, to: bytes.count, by: 4).map { start in
                Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
            }
        }
    }

    static let skipMessage: Comment =
        "needs minilm-reference.jsonl (REFRAIN_SHARED_DATA or ../shared/data) and the model (make model)"

    /// The repository's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let modelDirectory: String? = {
        let path = ProcessInfo.processInfo.environment["REFRAIN_MODEL_DIR"]
            ?? root.appending(path: "model/all-MiniLM-L6-v2").path
        return FileManager.default.fileExists(atPath: path + "/model.safetensors") ? path : nil
    }()

    static let lines: [Line] = {
        guard let file, let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }()

    static var isComplete: Bool { modelDirectory != nil && !lines.isEmpty }

    private static let file: URL? = {
        let name = "minilm-reference.jsonl"
        var folders: [URL] = []
        if let path = ProcessInfo.processInfo.environment["REFRAIN_SHARED_DATA"] { folders.append(URL(filePath: path)) }
        var folder = root
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            folders.append(folder.appending(path: "shared/data"))
        }
        return folders.map { $0.appending(path: name) }.first { FileManager.default.fileExists(atPath: $0.path) }
    }()
}
