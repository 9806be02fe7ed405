import FoundationEssentials

/// The distinct texts of a folder of JSON Lines files: the fields `text`, `a` and `b` of each line.
enum SearchTexts {
    private struct Line: Decodable {
        let text: String?
        let a: String?
        let b: String?
    }

    /// In the order of the files' names and lines, each once.
    static func read(folder: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
        let decoder = JSONDecoder()
        var seen: Set<String> = []
        var texts: [String] = []
        for name in names.sorted() {
            for line in try TextFile.lines(of: folder + "/" + name) {
                guard let line = try? decoder.decode(Line.self, from: Data(line.utf8)) else { continue }
                for text in [line.text, line.a, line.b].compactMap({ $0 }) where seen.insert(text).inserted {
                    texts.append(text)
                }
            }
        }
        guard !texts.isEmpty else { throw BenchError("no lines with a text in the .jsonl files of \(folder)") }
        return texts
    }
}
