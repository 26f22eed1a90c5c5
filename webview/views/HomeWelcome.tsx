import { useHomeApi } from '../hooks/useHomeApi';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';

/** What stands on Home before there are keys. */
export function HomeWelcome() {
  const send = useHomeApi();
  return (
    <main className="page home-welcome">
      <Icon name="home" />
      <h1>See what is going on, before and after the page</h1>
      <p className="muted">
        With your Datadog keys, Home shows what is alerting, which metrics are not as usual, and how every service stands against its quiet
        hours. Keys are kept in the secret storage of VS Code.
      </p>
      <div className="home-buttons">
        <Button label="Configure Datadog" icon="key" isPrimary onPress={() => send('configure', {})} />
        <Button label="Try the demo incident" icon="beaker" onPress={() => send('tryDemo', {})} />
      </div>
    </main>
  );
}
