package import NIOCore
import NIOPosix

/// Sends HTTP/1.1 requests and measures the answers, from one event loop: cheap enough to stand beside what it
/// measures.
package struct LoadGenerator: Sendable {
    private let group: any EventLoopGroup

    /// - Parameter group: whose loops run the load; each run stays on one of them.
    package init(group: any EventLoopGroup) {
        self.group = group
    }

    /// Connects, then sends requests as `plan` says and waits for their answers.
    ///
    /// - Parameter makeRequest: the next request's bytes; called once for each, on the event loop.
    /// - Throws: `invalidPlan`, `cannotConnect`. What goes wrong later is counted in the report.
    package func run(
        _ plan: LoadPlan, against target: LoadTarget, makeRequest: @escaping @Sendable () -> ByteBuffer
    ) async throws(LoadError) -> LoadReport {
        if let problem = plan.problem { throw LoadError(.invalidPlan, problem) }
        let eventLoop = group.next()
        let finished = eventLoop.makePromise(of: LoadReport.self)
        let ready = eventLoop.flatSubmit {
            let run = LoadRun(plan: plan, eventLoop: eventLoop, makeRequest: makeRequest, finished: finished)
            let connections = (0..<plan.connections).map { _ in
                LoadConnection(run: run, watching: plan.expectation?.name, readsStamps: plan.readsStamps)
            }
            let bound = NIOLoopBound((run: run, connections: connections), eventLoop: eventLoop)
            return Self.connect(connections, to: target, on: eventLoop).map {
                bound.value.run.start(bound.value.connections)
            }
        }
        ready.cascadeFailure(to: finished)
        do {
            return try await finished.futureResult.get()
        } catch {
            throw LoadError(.cannotConnect, "\(target.host):\(target.port): \(error)")
        }
    }

    private static func connect(
        _ connections: [LoadConnection], to target: LoadTarget, on eventLoop: any EventLoop
    ) -> EventLoopFuture<Void> {
        let channels = connections.map { connection in
            let bound = NIOLoopBound(connection, eventLoop: eventLoop)
            return ClientBootstrap(group: eventLoop)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connectTimeout(.seconds(2))
                .channelInitializer { channel in
                    eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(bound.value) }
                }
                .connect(host: target.host, port: target.port)
                .map { _ in }
        }
        let bound = NIOLoopBound(connections, eventLoop: eventLoop)
        return EventLoopFuture.andAllComplete(channels, on: eventLoop).flatMap {
            EventLoopFuture.andAllSucceed(channels, on: eventLoop).flatMapErrorThrowing { error in
                // Those that were accepted are of no use without the others.
                for connection in bound.value { connection.close() }
                throw error
            }
        }
    }
}
