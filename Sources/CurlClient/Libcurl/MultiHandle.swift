internal import CLibcurl
import Threads

/// The owner of a `CURLM`: many transfers, their shared connections, and the wait for their sockets.
///
/// libcurl says which sockets to watch and when it wants to be called, and is told of ready sockets one by one
/// (`curl_multi_socket_action`): `curl_multi_perform` would look at every transfer at every turn.
///
/// Safe because only the engine thread uses it, but for `wake`, which may be called from any thread, and for the end,
/// which comes when nobody has it any longer.
final class MultiHandle: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer
    private let sockets: SocketReadiness
    private var ready: [(socket: Int32, readiness: SocketReadiness.Interest)] = []
    /// When libcurl wants to be called though no socket is ready.
    private var timer: ContinuousClock.Instant?

    /// Set up once for the process; libcurl must not be used where it failed.
    private static let globalStatus = curl_global_init(Int(CURL_GLOBAL_ALL))

    init(configuration: CurlClientConfiguration) throws(CurlError) {
        guard Self.globalStatus == CURLE_OK, let multi = curl_multi_init() else {
            throw CurlError(.engineFailed, "libcurl could not be set up", libcurlCode: Int(Self.globalStatus.rawValue))
        }
        guard let sockets = SocketReadiness() else {
            curl_multi_cleanup(multi)
            throw CurlError(.engineFailed, "there are no file descriptors left to wait for sockets with")
        }
        self.multi = multi
        self.sockets = sockets
        try connectCallbacks()
        try set(CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections)
        try set(CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost)
        // Idle connections to keep. libcurl's own default grows with the transfers and never shrinks in a lull.
        try set(CURLMOPT_MAXCONNECTS, configuration.maximumConnections)
        try set(CURLMOPT_PIPELINING, configuration.isHTTP2Enabled ? Int(CURLPIPE_MULTIPLEX) : Int(CURLPIPE_NOTHING))
    }

    deinit {
        // Whatever it closes need not be told to us any more.
        _ = CLibcurl_multi_set_socket_callback(multi, nil, nil)
        _ = CLibcurl_multi_set_timer_callback(multi, nil, nil)
        curl_multi_cleanup(multi)
    }

    /// Any thread: makes a running or the next `poll` return at once.
    func wake() { sockets.wake() }

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
        let ready = ready
        self.ready = []
        for (socket, readiness) in ready { try act(on: socket, Self.events(readiness)) }
        if let timer, timer <= .now {
            self.timer = nil
            try act(on: CURL_SOCKET_TIMEOUT, 0)
        }
    }

    private func act(on socket: Int32, _ events: Int32) throws(CurlError) {
        var running: Int32 = 0
        try check(curl_multi_socket_action(multi, socket, events, &running))
    }

    /// Waits until a socket is ready, `wake` is called, libcurl has a timer due, or the time is over.
    func poll(milliseconds: Int32) {
        guard let timer else { return ready = sockets.wait(milliseconds: milliseconds) }
        let left = Int32(clamping: (timer - .now).wholeMilliseconds)
        ready = sockets.wait(milliseconds: min(milliseconds, left))
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

    private func connectCallbacks() throws(CurlError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(CLibcurl_multi_set_socket_callback(multi, { _, socket, what, context, _ in
            context.map { Unmanaged<MultiHandle>.fromOpaque($0).takeUnretainedValue() }?.watch(socket, what) ?? 0
        }, context))
        try check(CLibcurl_multi_set_timer_callback(multi, { _, milliseconds, context in
            context.map { Unmanaged<MultiHandle>.fromOpaque($0).takeUnretainedValue() }?.setTimer(milliseconds) ?? 0
        }, context))
    }

    /// - Returns: what libcurl takes for success or failure.
    private func watch(_ socket: Int32, _ what: Int32) -> Int32 {
        switch what {
        case CURL_POLL_REMOVE: sockets.unwatch(socket)
        case CURL_POLL_IN: return sockets.watch(socket, for: .read) ? 0 : -1
        case CURL_POLL_OUT: return sockets.watch(socket, for: .write) ? 0 : -1
        case CURL_POLL_INOUT: return sockets.watch(socket, for: [.read, .write]) ? 0 : -1
        default: break
        }
        return 0
    }

    /// - Parameter milliseconds: from now; negative for no timer.
    private func setTimer(_ milliseconds: Int) -> Int32 {
        timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
        return 0
    }

    private static func events(_ readiness: SocketReadiness.Interest) -> Int32 {
        (readiness.contains(.read) ? CURL_CSELECT_IN : 0) | (readiness.contains(.write) ? CURL_CSELECT_OUT : 0)
            | (readiness.contains(.failure) ? CURL_CSELECT_ERR : 0)
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
