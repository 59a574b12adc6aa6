using System.Net.Http;
using System.Net.Mail;
using System.Net.Sockets;
using Npgsql;
using PedAtt.Testing;

namespace PedAtt.AppHost.Tests;

public class TestServersTests
{
    [Fact]
    public async Task Each_suite_has_an_empty_database_of_its_own()
    {
        var servers = await TestServers.StartAsync();
        var mine = await servers.PostgresAsync("mine");
        await using (var connection = new NpgsqlConnection(mine))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand("create table things (id int)", connection);
            await create.ExecuteNonQueryAsync();
        }

        await using var other = new NpgsqlConnection(await servers.PostgresAsync("mine"));
        await other.OpenAsync();
        await using var count = new NpgsqlCommand("select count(*) from pg_tables where tablename = 'things'", other);
        Assert.Equal(0L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Each_suite_has_a_virtual_host_of_its_own()
    {
        var servers = await TestServers.StartAsync();
        var host = new Uri(await servers.RabbitAsync("mine")).AbsolutePath[1..];
        Assert.Equal(0, (await servers.RabbitAsync(HttpMethod.Get, $"queues/{host}")).GetArrayLength());
    }

    [Fact]
    public async Task The_scanner_finds_the_test_virus()
    {
        var servers = await TestServers.StartAsync();
        var clamd = new Uri(servers.Clamd);
        using var socket = new TcpClient(clamd.Host, clamd.Port);
        await using var stream = socket.GetStream();
        byte[] virus =
        [
            .. Convert.FromHexString("58354f2150254041505b345c505a58353428505e2937434329377d24"),
            .. "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"u8,
        ];
        await stream.WriteAsync((byte[])[.. "zINSTREAM\0"u8, 0, 0, 0, (byte)virus.Length, .. virus, 0, 0, 0, 0]);
        using var reader = new StreamReader(stream);
        Assert.Matches("^stream: Eicar-Test-.* FOUND\0$", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Mail_arrives_in_the_sink()
    {
        var servers = await TestServers.StartAsync();
        var smtp = new Uri(servers.Smtp);
        var address = $"{Guid.NewGuid():N}@example.kz";
        using var client = new SmtpClient(smtp.Host, smtp.Port);
        await client.SendMailAsync("pedatt@example.kz", address, "Өтініш", "…");
        Assert.Equal("Өтініш", Assert.Single(await servers.MailAsync(address)).GetProperty("subject").GetString());
    }
}
