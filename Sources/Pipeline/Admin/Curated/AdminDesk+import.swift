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
}
