import GatewayCore
import NIOCore
import RequestAnalysis

/// Requests of known difficulty, as a support product, an office assistant and a developer tool would send them.
enum LabelledMix {
    enum Level: Int, CaseIterable, Sendable {
        case easy, medium, hard
    }

    struct Request: Sendable {
        let level: Level
        let text: String
        let traits: RequestTraits
        /// What the answer takes, which a router does not know beforehand.
        let outputTokens: Int
    }

    enum Half: Sendable { case training, held }

    /// Of ten requests seven are easy, two medium and one hard: what published traces of routers call usual.
    static let usual: [Level] = [.easy, .easy, .easy, .easy, .easy, .easy, .easy, .medium, .medium, .hard]
    /// As many of each, to fit and to judge a score on.
    static let even: [Level] = [.easy, .medium, .hard]

    static func requests(_ count: Int, seed: UInt64, half: Half, levels: [Level]) throws -> [Request] {
        var generator = MixGenerator(seed: seed)
        return try (0..<count).map { index in
            let level = levels[index % levels.count]
            let templates = templates(level, half)
            let text = fill(templates[Int.random(in: 0..<templates.count, using: &generator)], &generator)
            return Request(
                level: level, text: text, traits: try traits(of: body(text)),
                outputTokens: Int.random(in: outputs(level), using: &generator))
        }
    }

    static func traits(of body: String, metadata: String? = nil) throws -> RequestTraits {
        let analyzer = RequestAnalyzer(configuration: RequestAnalysisConfiguration())
        return try analyzer.traits(of: analyzer.parse(ByteBuffer(string: body)), metadata: metadata)
    }

    static func body(_ text: String, more: String = "") -> String {
        var string = ByteBuffer()
        string.writeJSONString(text)
        let content = String(buffer: string)
        return #"{"model":"auto","messages":[{"role":"system","content":"You are a helpful assistant."},"#
            + #"{"role":"user","content":\#(content)}]\#(more)}"#
    }

    private static func templates(_ level: Level, _ half: Half) -> [String] {
        let both = switch level {
        case .easy: MixTemplates.easy
        case .medium: MixTemplates.medium
        case .hard: MixTemplates.hard
        }
        return half == .training ? both.training : both.held
    }

    private static func outputs(_ level: Level) -> ClosedRange<Int> {
        switch level {
        case .easy: 20...200
        case .medium: 150...600
        case .hard: 500...2000
        }
    }

    private static func fill(_ template: String, _ generator: inout MixGenerator) -> String {
        var text = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            text += word(String(rest[rest.index(after: open)..<close]), &generator)
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    private static func word(_ name: String, _ generator: inout MixGenerator) -> String {
        func draw(_ words: [String]) -> String { words[Int.random(in: 0..<words.count, using: &generator)] }
        switch name {
        case "short": return draw(MixTemplates.sentences)
        case "long":
            let count = Int.random(in: 8...40, using: &generator)
            return (0..<count).map { _ in draw(MixTemplates.sentences) }.joined(separator: " ")
        case "program":
            let count = Int.random(in: 1...3, using: &generator)
            return (0..<count).map { _ in draw(MixTemplates.programs) }.joined(separator: "\n")
        default: return draw(MixTemplates.words[name] ?? [name])
        }
    }
}
