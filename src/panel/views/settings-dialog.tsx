import type { Settings } from '../../core/capture/settings.ts';
import { Modal } from './modal.tsx';
import { usePanel } from './panel-context.ts';

const Switch = ({ name, hint }: { name: 'paused' | 'onlyWhileOpen' | 'preserveLog'; hint: string }) => {
  const { source, settings } = usePanel();
  return (
    <label class="setting">
      <input
        type="checkbox"
        checked={settings.value[name]}
        onChange={(event) => source.saveSettings({ [name]: event.currentTarget.checked } satisfies Partial<Settings>)}
      />
      <span>
        {source.text(`setting_${name.toLowerCase()}`)}
        <small>{source.text(hint)}</small>
      </span>
    </label>
  );
};

/** What the person may decide; kept for the next session, for all tabs. */
export const SettingsDialog = ({ onClose }: { onClose: () => void }) => {
  const { source, settings, open } = usePanel();
  return (
    <Modal title={source.text('settings_title')} onClose={onClose}>
      {source.captures && (
        <>
          <Switch name="paused" hint="setting_paused_hint" />
          <Switch name="onlyWhileOpen" hint="setting_onlywhileopen_hint" />
          <Switch name="preserveLog" hint="setting_preservelog_hint" />
        </>
      )}
      <p>
        <button type="button" class="link" onClick={() => open('policy')}>
          {source.text('policy_open')}
        </button>
      </p>
      <label class="setting">
        <input
          type="number"
          min="0"
          max="3600"
          value={settings.value.leeway}
          onChange={(event) => {
            const leeway = event.currentTarget.valueAsNumber;
            if (Number.isInteger(leeway) && leeway >= 0 && leeway <= 3600) void source.saveSettings({ leeway });
          }}
        />
        <span>
          {source.text('setting_leeway')}
          <small>{source.text('setting_leeway_hint')}</small>
        </span>
      </label>
    </Modal>
  );
};
