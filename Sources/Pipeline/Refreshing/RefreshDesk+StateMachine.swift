import GatewayCore

extension RefreshDesk {
    /// What is made anew here, and what need not be tried yet. Does nothing itself.
    struct StateMachine {
        enum BeginAction: Equatable {
            case start(Int)
            /// As many are under way as may be.
            case refuse
            /// It is under way, or was tried a moment ago.
            case none
        }

        /// Until when an answer is left as it is.
        struct Pause: Equatable {
            let end: ContinuousClock.Instant
            /// Nil whatever answer was seen; else only for who has seen none newer than this.
            var seen: UnixTime?
        }

        private let limit: Int
        private var underWay: [EntryID: Int] = [:]
        private var tasks: [Int: Task<Void, Never>] = [:]
        private var pauses: [EntryID: Pause] = [:]
        private var begun = 0
        private var isClosed = false

        /// Pauses that are remembered; beyond them the store is asked, which knows the same.
        private static let pausesLimit = 4096

        init(limit: Int) { self.limit = limit }

        /// - Parameter created: of the answer that was seen.
        mutating func begin(
            _ entry: EntryID, seen created: UnixTime, at now: ContinuousClock.Instant
        ) -> BeginAction {
            if isClosed || underWay[entry] != nil { return .none }
            if let pause = pauses[entry] {
                if pause.end > now, created <= pause.seen ?? created { return .none }
                if pause.end <= now { pauses[entry] = nil }
            }
            guard underWay.count < limit else { return .refuse }
            begun += 1
            underWay[entry] = begun
            return .start(begun)
        }

        /// Takes the task of what began, unless it has ended already.
        /// - Returns: whether everything was ended meanwhile.
        mutating func started(_ number: Int, _ task: Task<Void, Never>) -> Bool {
            if underWay.values.contains(number) { tasks[number] = task }
            return isClosed
        }

        mutating func ended(_ number: Int, _ entry: EntryID, _ pause: Pause) {
            underWay[entry] = nil
            tasks[number] = nil
            if pauses.count >= Self.pausesLimit { pauses = [:] }
            pauses[entry] = pause
        }

        /// Begins nothing any more.
        /// - Returns: what is under way.
        mutating func close() -> [Task<Void, Never>] {
            isClosed = true
            return Array(tasks.values)
        }
    }
}
