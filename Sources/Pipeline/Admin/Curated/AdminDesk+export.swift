package import GatewayCore
import NIOCore
import SemanticCache

extension AdminDesk {
    /// What may stand behind the `?` of `GET /admin/cache/export`.
    package static let exportNames = ["tenant", "namespace", "model", "partition", "format", "cursor", "limit"]

    private static let exportUsual = 1000
    private static let exportMost = 2000

    /// Some of the curated answers of a model as they were imported, in the order of their ids: a line of JSON each, or
    /// rows of a table. The first page of a table begins with the names of its columns, so that all pages together are
    /// one file.
    /// - Parameter prefersTable: what counts when the query does not say `format`.
    /// - Throws: as ``importAnswers(_:isTable:query:)``; `invalidRequest` also when the answers of several kinds of
    ///   requests are stored and the query does not say of which.
    package func exportAnswers(
        _ query: AdminQuery, prefersTable: Bool
    ) async throws(GatewayError) -> ExportPage {
        try check(query.tenant)
        let limit = try query.limit(usual: Self.exportUsual, most: Self.exportMost)
        let isTable = try Self.isTable(query) ?? prefersTable
        var page = ExportPage(isTable: isTable, body: ByteBuffer())
        if isTable, query["cursor"] == nil { page.body.writeImmutableBuffer(CuratedAnswer.header) }
        guard let shelf = try await shelf(query) else { return page }
        let found = try await asking { () async throws(CacheStoreError) in
            try await curated.store.lines(of: shelf, behind: query["cursor"], count: limit)
        }
        page.body.reserveCapacity(found.lines.reduce(page.body.readableBytes) { $0 + $1.readableBytes + 32 })
        for line in found.lines {
            if isTable {
                page.body.writeImmutableBuffer(try Self.row(line))
            } else {
                page.body.writeImmutableBuffer(line)
                page.body.writeStaticString("\n")
            }
        }
        page.next = found.next
        return page
    }

    private static func isTable(_ query: AdminQuery) throws(GatewayError) -> Bool? {
        switch query["format"] {
        case nil: return nil
        case "jsonl": return false
        case "csv": return true
        default: throw GatewayError(.invalidRequest, "format must be jsonl or csv", parameter: "format")
        }
    }

    private static func row(_ line: ByteBuffer) throws(GatewayError) -> ByteBuffer {
        do throws(CuratedMistake) {
            return try CuratedAnswer(json: line).row
        } catch {
            throw GatewayError(.internalFault, "a stored answer cannot be read: \(error)")
        }
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
