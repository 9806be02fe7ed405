import NIOCore

/// A request being answered on one connection.
struct MockExchange {
    /// Nil for `/mock/…`, which is not counted.
    let ticket: MockTicket?
    let keepsAlive: Bool
    let speaksHTTP11: Bool
    var reply: MockReply
    /// When the next token is due; tokens keep to this and not to when the last one was written, so that pace holds.
    var due: NIODeadline = .distantPast
}
