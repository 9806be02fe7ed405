internal import CLibcurl

/// The owner of a `CURLM`: many transfers, their shared connections, and the wait for their sockets.
///
/// Safe because only the engine thread uses it, but for `wake`, which libcurl allows from any thread
/// (`curl_multi_wakeup`), and for the end, which comes when nobody has it any longer.
final class MultiHandle: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer

    /// Set up once for the process; libcurl must not be used where it failed.
    private static let globalStatus = curl_global_init(Int(CURL_GLOBAL_ALL))

    init(configuration: CurlClientConfiguration) throws(CurlError) {
        guard Self.globalStatus == CURLE_OK, let multi = curl_multi_init() else {
            throw CurlError(.engineFailed, "libcurl could not be set up", libcurlCode: Int(Self.globalStatus.rawValue))
        }
        self.multi = multi
        try set(CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections)
        try set(CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost)
        // Idle connections to keep. libcurl's own default grows with the transfers and never shrinks in a lull.
        try set(CURLMOPT_MAXCONNECTS, configuration.maximumConnections)
        try set(CURLMOPT_PIPELINING, configuration.isHTTP2Enabled ? Int(CURLPIPE_MULTIPLEX) : Int(CURLPIPE_NOTHING))
    }

    deinit {
        curl_multi_cleanup(multi)
    }

    /// Any thread: makes a running or the next `poll` return at once.
    func wake() {
        // Fails only without memory for the wake-up socket at set-up; then `poll` notices within its time limit.
        _ = curl_multi_wakeup(multi)
    }

    /// Starts the transfer `easy` describes, at the next `perform`.
    func add(_ easy: EasyHandle) throws(CurlError) {
        try check(curl_multi_add_handle(multi, easy.pointer))
    }

    /// Ends the transfer: an unfinished one loses its HTTP/1.1 connection or its HTTP/2 stream. Not from a callback.
    func remove(_ easy: EasyHandle) {
        // The only failures are programming errors: an unknown handle, or a call from a callback.
        _ = curl_multi_remove_handle(multi, easy.pointer)
    }

    /// Moves all transfers on as far as their sockets allow; calls back for heads and bodies.
    func perform() throws(CurlError) {
        var running: Int32 = 0
        try check(curl_multi_perform(multi, &running))
    }

    /// Waits until a socket is ready, `wake` is called, libcurl has a timer due, or the time is over.
    func poll(milliseconds: Int32) throws(CurlError) {
        try check(curl_multi_poll(multi, nil, 0, milliseconds, nil))
    }

    /// One transfer that has come to its end since the last call.
    func nextFinished() -> (transfer: Transfer, result: CURLcode)? {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let transfer = EasyHandle.transfer(of: easy)
            else { continue }
            return (transfer, CLibcurl_message_result(message))
        }
        return nil
    }

    private func set(_ option: CURLMoption, _ value: Int) throws(CurlError) {
        try check(CLibcurl_multi_set_long(multi, option, value))
    }

    private func check(_ code: CURLMcode) throws(CurlError) {
        guard code != CURLM_OK else { return }
        throw CurlError(
            .engineFailed, "libcurl multi: \(String(cString: curl_multi_strerror(code)))",
            libcurlCode: Int(code.rawValue))
    }
}
