import Glibc

/// What the figures were measured on.
enum Machine {
    static var description: String {
        let lines = ProcessFiles.text("/proc/cpuinfo").split(separator: "\n")
        let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last ?? "unknown processor"
        let kernel = ProcessFiles.text("/proc/sys/kernel/osrelease").split(separator: "\n").first ?? "unknown"
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        return "\(cores) cores, \(model.drop { $0 == " " }), Linux \(kernel)"
    }

    /// Threads that want a processor, on average over the last minute; more than there are cores slows all figures.
    static var load: String {
        ProcessFiles.text("/proc/loadavg").split(separator: " ").first.map(String.init) ?? "unknown"
    }
}
