/// One version of a prompt that the operator wrote: messages that stand in front of the caller's own.
package struct PromptTemplate: Sendable {
    /// One message.
    package struct Message: Sendable, Equatable {
        /// Who says it.
        package enum Role: String, Sendable, CaseIterable {
            case system, developer, user, assistant
        }

        package let role: Role
        package let text: TemplateText

        package init(_ role: Role, _ text: TemplateText) {
            self.role = role
            self.text = text
        }
    }

    /// A place for what the caller says.
    package struct Variable: Sendable {
        package let name: String
        /// Nil for one that the caller must give.
        package let preset: String?

        package init(_ name: String, preset: String? = nil) {
            self.name = name
            self.preset = preset
        }
    }

    /// Other messages for some models.
    package struct Variant: Sendable {
        /// Names clients ask for, or their beginnings with `*`.
        package let models: [String]
        package let messages: [Message]

        package init(models: [String], messages: [Message]) {
            self.models = models
            self.messages = messages
        }
    }

    /// `name@version`.
    package let id: String
    package let variables: [Variable]
    /// In their order. Providers keep what many requests have in common at their beginning, so a request that has
    /// this template shares with all others the text up to the first variable.
    package let messages: [Message]
    package let variants: [Variant]

    package init(
        name: String, version: Int, variables: [Variable] = [], messages: [Message], variants: [Variant] = []
    ) {
        self.id = Self.id(name, version)
        self.variables = variables
        self.messages = messages
        self.variants = variants
    }

    package static func id(_ name: String, _ version: Int) -> String { "\(name)@\(version)" }

    /// The messages for a model: those of the first variant that names it.
    func messages(for model: String) -> [Message] {
        let own = variants.first { variant in
            variant.models.contains { pattern in
                pattern.hasSuffix("*") ? model.hasPrefix(pattern.dropLast()) : model == pattern
            }
        }
        return own?.messages ?? messages
    }
}
