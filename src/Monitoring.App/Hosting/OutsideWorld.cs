using Monitoring.Network;

namespace Monitoring.App.Hosting;

/// <summary>
/// What the composition decides in code and no setting can: which addresses may be dialled, which authorities are trusted, whose time it is. The product
/// has one; the demo and the tests, whose worlds live on loopback, bring their own.
/// </summary>
internal sealed record OutsideWorld(AddressGuard Guard, TrustPolicy Trust, TimeProvider Time)
{
    public static OutsideWorld Real { get; } = new(AddressGuard.PublicOnly, TrustPolicy.System, TimeProvider.System);
}
