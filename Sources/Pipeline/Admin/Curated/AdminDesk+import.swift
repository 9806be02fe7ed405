package import GatewayCore
import Logging
package import NIOCore
import Policy
import SemanticCache

extension AdminDesk {
    /// What may stand behind the `?` of `POST /admin/cache/import`.
    package static let importNames = ["tenant", "namespace", "model", "strict"]

    /// Stores the curated answers in a body, lines of JSON or a table of comma-separated values. Lines that cannot be
    /// used are told, and the rest goes on. The same again does only what is not done yet.
    /// - Throws: `invalidRequest`; `notFound` for an unknown tenant; `storeUnavailable` or `overloaded` when Redis or
    ///   the encoder does not answer.
    package func importAnswers(
        _ body: ByteBuffer, isTable: Bool, query: AdminQuery
    ) async throws(GatewayError) -> ImportReceipt {
        let scope = try scope(query)
        let form = isTable ? CuratedReader.Form.table : .lines
        let importer = try CuratedImporter(
            analyzer: analyzer, embedder: curated.embedder, store: curated.store,
            configuration: curated.configuration,
            scope: scope,
            template: try CuratedImporter.template(model: try query.required("model"), analyzer: analyzer),
            textsAtOnce: CuratedDesk.textsAtOnce, onChanged: curated.onChanged, now: now)
        let isStrict = try query.flag("strict")
        var receipt = ImportReceipt()
        do {
            if isStrict {
                var pieces = Self.pieces(body, form)
                let mistakes = try await importer.check(
                    { pieces.next() }, tell: { receipt.note($0.number, $1.description) })
                if mistakes > 0 {
                    receipt.report.refused = mistakes
                    receipt.isHalted = true
                    return receipt
                }
            }
            var pieces = Self.pieces(body, form)
            receipt.report = try await importer.run(
                { pieces.next() },
                tell: { line, outcome in
                    if let reason = outcome.refusal { receipt.note(line.number, reason) }
                })
        } catch let error as GatewayError {
            throw error
        } catch {
            throw GatewayError(.internalFault, "the import ended by \(type(of: error))")
        }
        logger.notice(
            "answers imported",
            metadata: [
                "tenant": "\(query.tenant)", "stored": "\(receipt.report.stored)",
                "unchanged": "\(receipt.report.unchanged)", "refused": "\(receipt.report.refused)",
            ])
        return receipt
    }

    /// Whose the answers are; what callers could not name, they would not find.
    private func scope(_ query: AdminQuery) throws(GatewayError) -> CacheScope {
        try check(query.tenant)
        let namespace = query["namespace"] ?? ""
        guard TenantDirectory.isNamespace(namespace) else {
            throw GatewayError(
                .invalidRequest,
                "namespace must be at most \(TenantDirectory.namespaceLimit) visible ASCII characters",
                parameter: "namespace")
        }
        return .ofOperator(in: query.tenant, namespace: namespace)
    }

    /// The lines of a body, a piece at a time.
    private static func pieces(
        _ body: ByteBuffer, _ form: CuratedReader.Form
    ) -> some IteratorProtocol<[CuratedReader.Line]> {
        var (body, reader, isOver) = (body, CuratedReader(form), false)
        return AnyIterator {
            if let piece = body.readSlice(length: min(body.readableBytes, 1 << 14)), piece.readableBytes > 0 {
                return reader.feed(piece)
            }
            defer { isOver = true }
            return isOver ? nil : reader.finish()
        }
    }

    // MARK: - Export

    /// What may stand behind the `?` of `GET /admin/cache/export`.
    package static let exportNames = ["tenant", "namespace", "model", "partition", "cursor", "limit"]

    private static let exportUsual = 1000
    private static let exportMost = 2000

    /// Some of the curated answers of a model as they were imported, a line each, in the order of their ids.
    /// - Returns: also the cursor of the next page; nil behind the last.
    /// - Throws: as ``importAnswers(_:isTable:query:)``; `invalidRequest` also when the answers of several kinds of
    ///   requests are stored and the query does not say of which.
    package func exportAnswers(
        _ query: AdminQuery
    ) async throws(GatewayError) -> (lines: ByteBuffer, next: String?) {
        try check(query.tenant)
        let limit = try query.limit(usual: Self.exportUsual, most: Self.exportMost)
        let shelf = try await shelf(query)
        guard let shelf else { return (ByteBuffer(), nil) }
        let page = try await asking { () async throws(CacheStoreError) in
            try await curated.store.lines(of: shelf, behind: query["cursor"], count: limit)
        }
        var lines = ByteBufferAllocator().buffer(capacity: page.lines.reduce(0) { $0 + $1.readableBytes + 1 })
        for line in page.lines {
            lines.writeImmutableBuffer(line)
            lines.writeStaticString("\n")
        }
        return (lines, page.next)
    }

    /// Nil when there is none.
    private func shelf(_ query: AdminQuery) async throws(GatewayError) -> CuratedShelf? {
        let model = try query.required("model")
        let all = try await asking { () async throws(CacheStoreError) in
            try await curated.store.shelves(of: query.tenant)
        }
        let shelves = all.filter { shelf in
            shelf.model == model && shelf.namespace == query["namespace"] ?? ""
                && query["partition"].map { $0 == shelf.partition.description } ?? true
        }
        if shelves.count > 1 {
            let names = shelves.prefix(16).map(\.partition.description).joined(separator: ", ")
            throw GatewayError(
                .invalidRequest,
                "answers to \(shelves.count) kinds of requests are stored; say which by partition: \(names)",
                parameter: "partition")
        }
        return shelves.first
    }
}
