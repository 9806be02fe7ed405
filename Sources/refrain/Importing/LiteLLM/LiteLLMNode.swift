import Yams

/// A place in a LiteLLM configuration. What is not there, or of another shape than asked for, reads as nothing.
struct LiteLLMNode {
    /// Such as `model_list[0].litellm_params`.
    let path: String
    private let node: Node?

    /// - Throws: a problem that names the line but repeats nothing of it: it may hold a key.
    init(yaml: String) throws(LiteLLMProblem) {
        path = ""
        do {
            node = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw LiteLLMProblem("expected YAML, found none\(Self.place(of: error))")
        } catch {
            throw LiteLLMProblem("expected YAML, found none")
        }
    }

    private init(_ node: Node?, path: String) {
        self.node = node
        self.path = path
    }

    subscript(name: String) -> LiteLLMNode {
        // Paths become comments: a line end in a key must not end one.
        let shown = name.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? name : "…"
        return LiteLLMNode(
            mapping.first { $0.key.scalar?.string == name }?.value, path: path.isEmpty ? shown : "\(path).\(shown)")
    }

    /// A scalar as it stands there.
    var text: String? {
        guard case .scalar(let scalar) = node else { return nil }
        let isNothing = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
        return isNothing ? nil : scalar.string
    }

    /// A number that is neither negative nor endless.
    var number: Double? { text.flatMap(Double.init).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil } }

    /// A whole number from 1 on.
    var count: Int? { number.flatMap { Int(exactly: $0.rounded()) }.flatMap { $0 > 0 ? $0 : nil } }

    var items: [LiteLLMNode] {
        guard case .sequence(let sequence) = node else { return [] }
        return sequence.enumerated().map { LiteLLMNode($1, path: "\(path)[\($0)]") }
    }

    /// The items of a list, or the one that stands there without a list.
    var texts: [String] { text.map { [$0] } ?? items.compactMap(\.text) }

    /// The keys of a section, in the order of the file.
    var names: [String] { mapping.compactMap { $0.key.scalar?.string } }

    /// Whether anything is there.
    var isPresent: Bool { text != nil || !items.isEmpty || !names.isEmpty }

    private var mapping: [(key: Node, value: Node)] {
        guard case .mapping(let mapping) = node else { return [] }
        return mapping.map { ($0.key, $0.value) }
    }

    private static func place(of error: YamlError) -> String {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            " in line \(mark.line)"
        default: ""
        }
    }
}
