/// What one engine has taken from its inbox and not yet encoded, in the order of arrival.
struct PendingTexts {
    private let limits: BatchLimits
    private var texts: [WaitingText] = []
    private var next = 0

    init(limits: BatchLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { next == texts.count }

    mutating func add(_ arrived: [WaitingText]) {
        guard !arrived.isEmpty else { return }
        texts.removeSubrange(..<next)
        next = 0
        texts += arrived
    }

    /// The next texts to encode together, and those that nobody waits for any more. Both empty only when nothing pends.
    mutating func takeBatch() -> (batch: [WaitingText], dropped: [WaitingText]) {
        var batch: [WaitingText] = []
        var dropped: [WaitingText] = []
        var tokens = 0
        while next < texts.count, batch.count < limits.texts {
            let text = texts[next]
            if text.promise.isSettled {
                dropped.append(text)
            } else {
                guard batch.isEmpty || tokens + text.ids.count <= limits.tokens else { break }
                tokens += text.ids.count
                batch.append(text)
            }
            next += 1
        }
        if isEmpty {
            texts.removeAll(keepingCapacity: true)
            next = 0
        }
        return (batch, dropped)
    }
}
