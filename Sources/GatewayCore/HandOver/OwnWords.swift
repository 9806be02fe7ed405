/// What a sender of another API than Chat Completions wrote, as far as the gateway's spelling of it does not say all:
/// a part of what must be equal before two requests may share an answer.
package struct OwnWords: Sendable {
    /// The body as it came.
    package let root: JSONElement
    /// Its members that cannot change an answer.
    package let ignored: Set<String>
    /// The text that is compared by itself; nil for none.
    package let question: JSONElement?

    package init(root: JSONElement, ignored: Set<String>, question: JSONElement?) {
        self.root = root
        self.ignored = ignored
        self.question = question
    }
}
