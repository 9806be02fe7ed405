import GatewayCore

/// Keeps a board and the fleet's store alike: soon after each failure, and every refresh time while there is traffic.
package struct HealthLink: Sendable {
    private let board: HealthBoard
    private let store: any HealthStore
    private let refresh: Duration
    private let prober: HealthProber?

    /// - Parameter prober: nil when only requests are to find out whether a target is well again.
    package init(
        board: HealthBoard, store: any HealthStore, refresh: Duration = .milliseconds(200), prober: HealthProber? = nil
    ) {
        self.board = board
        self.store = store
        self.refresh = refresh
        self.prober = prober
    }

    /// Runs until it is cancelled. Once for each board.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    board.wake()
                    try? await Task.sleep(for: board.pause(usual: refresh, now: .now))
                }
            }
            for await _ in board.urgency {
                await exchange()
                if let prober {
                    for ticket in board.takeProbes(now: .now, by: prober) {
                        // As many at once as there are targets: a lease each.
                        group.addTask { await probe(ticket, by: prober) }
                    }
                }
                // Failures of one moment travel together.
                try? await Task.sleep(for: Self.pause)
            }
            group.cancelAll()
        }
    }

    /// Tells and asks once, if there is anything to tell or to ask. Never twice at a time.
    func exchange() async {
        let reports = board.takeReports(now: .now, by: prober)
        guard !reports.isEmpty else { return }
        do {
            let rows = try await store.exchange(reports)
            board.apply(rows, now: .now)
        } catch {
            // The store's own state is watched where its connections are; here it only means to go on alone.
            board.exchangeFailed()
        }
    }

    private func probe(_ ticket: AttemptTicket, by prober: HealthProber) async {
        let sample = await prober.probe(ticket.deployment)
        board.end(ticket, Task.isCancelled ? .cancelled : sample, now: .now)
    }

    private static let pause: Duration = .milliseconds(20)
}
