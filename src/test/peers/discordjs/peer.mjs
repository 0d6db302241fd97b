// A bot written with discord.js, which knows Discord and not the fake: whatever the fake gets wrong, it trips over.
// Arguments: the address of the API without its version, the token. Says a line for every step done.
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  ContainerBuilder,
  DiscordAPIError,
  Events,
  LabelBuilder,
  MediaGalleryBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';

const [, , api, token] = process.argv;
const client = new Client({ intents: ['Guilds'], rest: { api, version: '10' } });
const say = (line) => console.log(line);
const fail = (error) => {
  console.log(`failed: ${error?.stack ?? error}`);
  process.exit(1);
};
process.on('unhandledRejection', fail);
process.on('uncaughtException', fail);

const imagine = new SlashCommandBuilder()
  .setName('imagine')
  .setDescription('Draws.')
  .addStringOption((option) => option.setName('prompt').setDescription('What').setRequired(true))
  .addStringOption((option) => option.setName('model').setDescription('With what').setAutocomplete(true));

function picture(prompt) {
  const file = new AttachmentBuilder(Buffer.from([1, 2, 3]), { name: 'fox.png', description: prompt });
  const container = new ContainerBuilder()
    .addTextDisplayComponents(new TextDisplayBuilder().setContent(prompt))
    .addMediaGalleryComponents(
      new MediaGalleryBuilder().addItems((item) => item.setURL('attachment://fox.png').setDescription(prompt)),
    )
    .addActionRowComponents(
      new ActionRowBuilder().addComponents(
        new ButtonBuilder().setCustomId('again').setLabel('Again').setStyle(ButtonStyle.Primary),
        new ButtonBuilder().setCustomId('remix').setLabel('Remix').setStyle(ButtonStyle.Secondary),
      ),
    );
  return { flags: MessageFlags.IsComponentsV2, components: [container], files: [file] };
}

function remix() {
  return new ModalBuilder()
    .setCustomId('remix')
    .setTitle('Remix')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Prompt')
        .setTextInputComponent(
          new TextInputBuilder().setCustomId('prompt').setStyle(TextInputStyle.Paragraph).setValue('a fox'),
        ),
    );
}

async function command(interaction) {
  const prompt = interaction.options.getString('prompt');
  await interaction.deferReply();
  const message = await interaction.editReply(picture(prompt));
  say(`edited ${message.attachments.size} files, ${message.attachments.first().description}, ${message.flags.bitfield}`);
  if (prompt === 'bye') {
    await client.destroy();
  }
  if (prompt === 'refused') {
    await interaction.followUp({ content: 'x'.repeat(2001) }).catch((error) => {
      say(`refused ${error instanceof DiscordAPIError} ${error.status} ${error.code} ${error.message.split('\n')[1]}`);
    });
    await client.users.send('5', 'hello').catch((error) => say(`refused ${error.status} ${error.code}`));
  }
  if (prompt === 'channel') {
    const sent = await interaction.channel.send({ content: 'in the channel', nonce: '17', enforceNonce: true });
    const edited = await sent.edit('edited in the channel');
    say(`sent, ${edited.content}`);
  }
}

client.on(Events.InteractionCreate, async (interaction) => {
  try {
    if (interaction.isAutocomplete()) {
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `${typed} small`, value: 'small' }]);
      say(`completed ${typed}`);
    } else if (interaction.isChatInputCommand()) {
      await command(interaction);
    } else if (interaction.isButton() && interaction.customId === 'remix') {
      await interaction.showModal(remix());
      say('shown modal');
    } else if (interaction.isButton()) {
      await interaction.reply({ content: `pressed ${interaction.customId}`, flags: MessageFlags.Ephemeral });
      say(`pressed ${interaction.customId} of ${interaction.message.attachments.size} files`);
    } else if (interaction.isModalSubmit()) {
      await interaction.deferUpdate();
      say(`modal ${interaction.fields.getTextInputValue('prompt')}`);
    }
  } catch (error) {
    fail(error);
  }
});
client.on(Events.ShardResume, (id, replayed) => say(`resumed, ${replayed} replayed`));
client.once(Events.ClientReady, async () => {
  await client.application.commands.set([imagine]);
  const channels = client.guilds.cache.first().channels.cache;
  say(`here is ${client.user.username} in ${client.guilds.cache.size} server, ${channels.size} channel`);
});
await client.login(token);
