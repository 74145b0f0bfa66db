using System.Net;
using Monitoring.Blocking;
using Monitoring.Network;

namespace Monitoring.Tests.Blocking.Simulation;

/// <summary>The hosts of a scenario, and how one vantage meets them.</summary>
internal sealed class SimulatedNetwork(IReadOnlyDictionary<string, SimHost> hosts, Conditions conditions)
{
    private static readonly AddressGuard Guard = AddressGuard.PublicOnly;

    public Conditions Conditions => conditions;

    public DnsObservation Resolve(string host, string resolver, IReadOnlyDictionary<string, Answer> instead)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return new DnsObservation(resolver, [host], [], Failure: null, 1);
        }

        var answer = instead.GetValueOrDefault(host) ?? (hosts.TryGetValue(host, out var known) ? new Answer(known.Addresses, Failure: null) : new Answer([], Failure.DnsNxdomain));
        return new DnsObservation(resolver, answer.Addresses, [.. answer.Addresses.Where(address => !Guard.Allows(IPAddress.Parse(address)))], answer.Failure, 5);
    }

    public string? ConnectionFailure(string address) => conditions.Tcp.GetValueOrDefault(address) ?? conditions.Tcp.GetValueOrDefault("*");

    /// <summary>The handshake with a name at an address; the certificate is the server's unless somebody shows another.</summary>
    public SimTls Handshake(string name, string address)
    {
        if (Met(conditions.Tls, name, address) is { } met)
        {
            return met;
        }

        var (server, host) = ServerAt(address, name);
        return host is null
            ? new SimTls(Failure.ConnectionRefused)
            : new SimTls(null, host.Certificate ?? (server == name || host.AnyName ? null : Failure.SslInvalidHostname), host.Issuer, 20, host.RsaExponent, host.Extensions);
    }

    /// <summary>Whose certificate is shown: somebody's in between, or the server's.</summary>
    public string Leaf(string name, string address) => Met(conditions.Tls, name, address) is { Certificate: not null } met ? $"{met.Issuer} {name}" : ServerAt(address, name).Name ?? name;

    public SimPage Get(string host, string address) =>
        Met(conditions.Http, host, address) ?? ServerAt(address, host).Host?.Page ?? new SimPage(404, "Not found", 200);

    private static T? Met<T>(IReadOnlyDictionary<string, T> instead, string name, string address)
        where T : class => instead.GetValueOrDefault($"{name}@{address}") ?? instead.GetValueOrDefault(name) ?? instead.GetValueOrDefault($"*@{address}");

    private (string? Name, SimHost? Host) ServerAt(string address, string name)
    {
        if (hosts.TryGetValue(name, out var own) && (own.Addresses.Contains(address, StringComparer.Ordinal) || address == name))
        {
            return (name, own);
        }

        var others = hosts.Where(host => host.Value.Addresses.Contains(address, StringComparer.Ordinal)).ToList();
        var server = others.Find(host => host.Value.AnyName) is { Value: not null } any ? any : others.FirstOrDefault();
        return (server.Key, server.Value);
    }
}
