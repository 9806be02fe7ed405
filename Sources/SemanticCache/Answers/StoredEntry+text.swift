import GatewayCore

extension StoredEntry {
    /// The text of the answer's first choice; nil when it has none.
    package var text: String? {
        let choices = (try? JSONDocument(answer))?.root["choices"]?.elements
        return choices?.first { _ in true }?["message"]?["content"]?.string
    }
}
