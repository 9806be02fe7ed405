import GatewayCore
package import NIOCore

/// What an import came to: the answer of `POST /admin/cache/import`.
package struct ImportReceipt: Sendable {
    package var report = CuratedReport()
    /// The first lines that could not be used.
    package var mistakes: [(line: Int, reason: String)] = []
    /// Whether nothing was stored because of them.
    package var isHalted = false

    static let mistakesLimit = 100

    mutating func note(_ line: Int, _ reason: String) {
        if mistakes.count < Self.mistakesLimit { mistakes.append((line, reason)) }
    }

    package var json: ByteBuffer {
        var json = JSONWriter.object { json in
            json.member("object", "cache.import")
            json.member("lines", report.lines)
            json.member("stored", report.stored)
            json.member("questions", report.questions)
            json.member("unchanged", report.unchanged)
            json.member("over", report.over)
            json.member("refused", report.refused)
            if isHalted { json.member("halted", true) }
            json.objects("mistakes", of: mistakes.sorted { $0.line < $1.line }) { json, mistake in
                json.member("line", mistake.line)
                json.member("reason", mistake.reason)
            }
        }
        json.writeStaticString("\n")
        return json
    }
}
