import GatewayCore
import RequestAnalysis

extension PromptTemplate {
    /// The most characters of a text: a prompt is kept in memory and sent with every request.
    private static let textLimit = 256 * 1024

    /// Reads `templates`.
    static func list(_ root: ConfigSection) -> [PromptTemplate] {
        var ids = UniqueValues("a template's name and version")
        return root.list("templates") { read($0, ids: &ids) }
    }

    private static func read(_ section: ConfigSection, ids: inout UniqueValues) -> PromptTemplate? {
        let name = section.required("name", .name)
        let version = section.required("version", .integer(1...1_000_000))
        if let name, let version { ids.take(id(name, version), of: "version", in: section) }
        var names = UniqueValues("a variable's name")
        let variables = section.list("variables") { section -> Variable? in
            let name = section.required("name", .variable)
            let preset = section.optional("default", .prompt(limit: textLimit))
            if let name { names.take(name, of: "name", in: section) }
            return name.map { Variable($0, preset: preset) }
        }
        let messages = messages(in: section, variables: names.all)
        let variants = section.list("variants") { section -> Variant? in
            let models = section.values("models", .word("a model's name, or its beginning and *")).map(\.value)
            if !section.has("models") { section.refuse("models", "expected at least one model, found none") }
            return Variant(models: models, messages: Self.messages(in: section, variables: names.all))
        }
        checkUse(of: names.all, in: [messages] + variants.map(\.messages), section)
        guard let name, let version else { return nil }
        return PromptTemplate(
            name: name, version: version, variables: variables, messages: messages, variants: variants)
    }

    /// Reads `system` and `messages`, of which there must be one.
    private static func messages(in section: ConfigSection, variables: [String]) -> [Message] {
        var all: [Message] = []
        if let text = section.optional("system", .template(limit: textLimit)) { all.append(Message(.system, text)) }
        check(section, "system", all.last?.text, variables)
        all += section.list("messages") { section -> Message? in
            let role = section.required("role", ConfigKind<Message.Role>.choice)
            let text = section.required("content", .template(limit: textLimit))
            check(section, "content", text, variables)
            guard let role, let text else { return nil }
            return Message(role, text)
        }
        if !section.has("system"), !section.has("messages") {
            section.refuse("system", "expected system or messages, found neither")
        }
        return all
    }

    /// What stands in a text must have been declared.
    private static func check(_ section: ConfigSection, _ key: String, _ text: TemplateText?, _ known: [String]) {
        for name in text?.variables ?? [] {
            KnownName.check(name, among: known, "a variable of this template", of: key, in: section)
        }
    }

    /// A variable that stands nowhere is a slip of the pen in one of the two places.
    private static func checkUse(of variables: [String], in messages: [[Message]], _ section: ConfigSection) {
        let used = Set(messages.joined().flatMap(\.text.variables))
        for name in variables where !used.contains(name) {
            section.refuse("variables", "expected a place {{\(name)}} in one of the texts, found none")
        }
    }
}

extension ConfigKind where Value == String {
    /// The name of a variable of a template.
    fileprivate static var variable: ConfigKind {
        ConfigKind("a variable's name of 1 to 64 letters, digits or '_', not beginning with a digit") { text in
            TemplateText.isName(text) ? text : nil
        }
    }

    /// A text of any lines.
    fileprivate static func prompt(limit: Int) -> ConfigKind {
        let expected = "a text of 1 to \(limit) bytes"
        return ConfigKind(expected) { text throws(ConfigProblem) in
            guard (1...limit).contains(text.utf8.count) else {
                throw ConfigProblem("expected \(expected), found \(text.utf8.count)")
            }
            return text
        }
    }
}

extension ConfigKind where Value == TemplateText {
    /// A text of any lines with places for variables.
    fileprivate static func template(limit: Int) -> ConfigKind {
        ConfigKind("a text of 1 to \(limit) bytes") { text throws(ConfigProblem) in
            let text = try ConfigKind<String>.prompt(limit: limit).parse(text)
            do throws(TemplateMistake) {
                return try TemplateText(text)
            } catch {
                throw ConfigProblem(error.message)
            }
        }
    }
}

