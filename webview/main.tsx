import './noEval';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { HomeApp } from './HomeApp';
import { createVsCodeHost } from './host';
import './styles/base.css';
import './styles/ui.css';
import './styles/header.css';
import './styles/overview.css';
import './styles/evidence.css';
import './styles/detail.css';
import './styles/forecast.css';
import './styles/hypotheses.css';
import './styles/steps.css';
import './styles/trace.css';
import './styles/home.css';

const root = document.getElementById('root');
if (root) {
  const host = createVsCodeHost();
  createRoot(root).render(root.dataset.page === 'home' ? <HomeApp host={host} /> : <App host={host} />);
}
