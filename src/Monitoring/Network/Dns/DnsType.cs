namespace Monitoring.Network.Dns;

/// <summary>The record types we ask for or read (RFC 1035 section 3.2.2, RFC 3596, RFC 6891).</summary>
public enum DnsType : ushort
{
    A = 1,
    Cname = 5,
    Aaaa = 28,

    /// <summary>No record of a name: what an asker can take (EDNS).</summary>
    Opt = 41,
}
