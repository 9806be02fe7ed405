package import GatewayCore

extension RequestAnalyzer {
    /// The bytes of one text by script class, for estimates of its tokens. Linear in the text.
    package func scripts(of text: String) -> ScriptBytes {
        var scan = ScriptScan()
        scan.scan(Array(text.utf8).span)
        return scan.bytes
    }
}
