import GatewayCore
import NIOCore

/// What a caller gives for the variables of a template: `x-refrain-variables`, one JSON object.
struct TemplateValues {
    /// The name of the header, as it stands in errors.
    static let header = "x-refrain-variables"

    private let given: [(name: String, text: String)]

    /// - Throws: `invalidRequest` unless it is an object of strings, numbers and booleans without doubled names.
    init(header text: String?) throws(GatewayError) {
        guard let text else {
            given = []
            return
        }
        guard let root = try? JSONDocument(text, depthLimit: 4).root, root.kind == .object else {
            throw Self.mistake("must be a JSON object")
        }
        var given: [(name: String, text: String)] = []
        var names: Set<String> = []
        for member in root.members {
            let name = member.name
            guard names.insert(name).inserted else { throw Self.mistake("names '\(Self.shown(name))' twice") }
            guard let value = Self.text(of: member.value) else {
                throw Self.mistake("must have a string, number or boolean in '\(Self.shown(name))'")
            }
            given.append((name, value))
        }
        self.given = given
    }

    var isEmpty: Bool { given.isEmpty }

    /// A value for each variable.
    /// - Throws: `invalidRequest` that names what is missing, and what the template does not know.
    func filling(_ template: PromptTemplate) throws(GatewayError) -> [String: String] {
        let known = Set(template.variables.map(\.name))
        let unknown = given.map(\.name).filter { !known.contains($0) }
        guard unknown.isEmpty else {
            throw Self.mistake("has what the template \(template.id) does not know: \(Self.listed(unknown))")
        }
        var values: [String: String] = [:]
        for variable in template.variables { values[variable.name] = variable.preset }
        for (name, text) in given { values[name] = text }
        let missing = template.variables.map(\.name).filter { values[$0] == nil }
        guard missing.isEmpty else {
            throw Self.mistake("lacks what the template \(template.id) needs: \(Self.listed(missing))")
        }
        return values
    }

    private static func text(of value: JSONElement) -> String? {
        switch value.kind {
        case .string: value.string
        case .number, .true, .false: String(buffer: value.rawText)
        case .object, .array, .null: nil
        }
    }

    /// Names are the sender's: few of them, and short.
    private static func listed(_ names: [String]) -> String {
        names.prefix(8).map { "'\(shown($0))'" }.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }

    private static func shown(_ name: String) -> String { String(name.prefix(64)) }

    private static func mistake(_ message: String) -> GatewayError {
        GatewayError(.invalidRequest, "\(header) \(message)", parameter: header)
    }
}
