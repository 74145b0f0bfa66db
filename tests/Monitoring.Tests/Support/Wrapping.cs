using Microsoft.Extensions.DependencyInjection;

namespace Monitoring.Tests.Support;

/// <summary>Puts something of a test between the rooms and what they use.</summary>
internal static class Wrapping
{
    public static void Wrap<T>(this IServiceCollection services, Func<T, T> wrap) where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.AddSingleton(provider => wrap((T)(inner.ImplementationInstance ?? inner.ImplementationFactory!(provider))));
    }
}
