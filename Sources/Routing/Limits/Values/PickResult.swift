/// What became of a ``PickRequest``.
package enum PickResult: Sendable {
    /// Everything the call needs is reserved.
    case granted(Grant)
    /// Nothing is reserved, nothing was counted.
    case denied(Denial)
}
